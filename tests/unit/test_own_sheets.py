"""Own spreadsheets as owners keep them: needed fields are proposed, money and reach never wrongly."""

# ruff: noqa: E501 - a sheet is as wide as it is
from __future__ import annotations

import csv
from dataclasses import dataclass
from io import BytesIO, StringIO

import pytest
from openpyxl import Workbook

from kpi.catalog.loader import fields
from kpi.ingest.parse import parse
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers
from kpi.model.reading import Table

ENOUGH = 0.9


@dataclass(frozen=True)
class Own:
    """A sheet: `rows` as text, heading first, and what its columns are; a column not named is no field."""

    id: str
    rows: str
    wanted: str

    @property
    def cells(self) -> list[list[str]]:
        return list(csv.reader(StringIO(self.rows.strip()), delimiter="|"))

    @property
    def fields(self) -> dict[str, str]:
        """The field of each heading that has one."""
        pairs = (line.split(" = ") for line in self.wanted.strip().splitlines())
        return {heading.strip(): field.strip() for heading, field in pairs}

    def text(self, *, swapped: bool = False) -> bytes:
        rows = [[row[-1], *row[1:-1], row[0]] for row in self.cells] if swapped else self.cells
        made = StringIO()
        csv.writer(made, delimiter=";").writerows(rows)
        return made.getvalue().encode()


SHEETS = (
    Own(
        "agency_weekly_en",
        """
Week|Posts|Reach|Likes|Views|Saves|ER, %
17.03.2025-23.03.2025|23|2579|113|3534|2|3.96
24.03.2025-30.03.2025|23|2043|108|3477|1|4.85
31.03.2025-06.04.2025|17|2234|61|2758|1|2.55
""",
        """
Week = account.date
Posts = account.posts
Reach = account.reach
Likes = account.reactions
Views = account.views
Saves = account.saves
""",
    ),
    Own(
        "telegram_posts_ru",
        """
Дата|Время|Рубрика|Пост|Ссылка|Просмотры|Реакции|Комментарии|Репосты|Комментарий менеджера
03.03.2025|10:15|Польза|Как выбрать зерно|https://t.me/shop/101|1 204|45|6|3|
05.03.2025|18:40|Акция|Второй стакан бесплатно|https://t.me/shop/102|1 530|61|11|9|повторить
08.03.2025|12:00|Личное|Поздравляем!|https://t.me/shop/103|987|80|4|1|
""",
        """
Дата = posts.at
Пост = posts.text
Ссылка = posts.url
Просмотры = posts.views
Реакции = posts.reactions
Комментарии = posts.comments
Репосты = posts.shares
""",
    ),
    Own(
        "followers_ru",
        """
Дата|Подписчики|Прирост
01.03.2025|2 150|5
02.03.2025|2 153|3
03.03.2025|2 151|-2
""",
        """
Дата = account.date
Подписчики = account.followers
Прирост = account.followers_net
""",
    ),
    Own(
        "followers_of_networks_ru",
        """
Дата|Соцсеть|Кол-во подписчиков|Подписалось|Отписалось
01.03.2025|ВК|4 812|14|3
01.03.2025|Телеграм|2 150|7|2
02.03.2025|ВК|4 820|11|3
02.03.2025|Телеграм|2 153|5|2
""",
        """
Дата = account.date
Соцсеть = account.network
Кол-во подписчиков = account.followers
Подписалось = account.followers_new
Отписалось = account.followers_lost
""",
    ),
    Own(
        "till_by_day_ru",
        """
Дата|День недели|Кол-во чеков|Выручка, руб.|Средний чек|Возвраты|Бариста
01.03.2025|сб|84|38 450,00|457,74|0|Тимур
02.03.2025|вс|91|41 020,50|450,77|350|Алия
03.03.2025|пн|62|27 300,00|440,32|0|Тимур
""",
        """
Дата = orders.at
Кол-во чеков = orders.count
Выручка, руб. = orders.amount
Возвраты = orders.refund
""",
    ),
    Own(
        "receipts_ru",
        """
№ чека|Дата и время|Сумма, ₽|Промокод|Источник|Скидка
1501|01.03.2025 09:12|450,00|ТГ10|Telegram|45
1502|01.03.2025 09:20|780,00|||0
1503|01.03.2025 09:41|310,00|ВК10|ВКонтакте|31
""",
        """
№ чека = orders.id
Дата и время = orders.at
Сумма, ₽ = orders.amount
Промокод = orders.code
Источник = orders.source
""",
    ),
    Own(
        "costs_ru",
        """
Месяц|Статья расходов|Сумма, руб|Кому платим|Оплачено?
01.03.2025|SMM-специалист|25 000|Иванова|да
01.03.2025|Съёмка роликов|8 000|Студия|да
01.04.2025|SMM-специалист|25 000|Иванова|нет
""",
        """
Месяц = costs.month
Статья расходов = costs.item
Сумма, руб = costs.amount
""",
    ),
    Own(
        "leads_ru",
        """
№ заявки|Дата заявки|Имя|Телефон|Откуда узнали|Статус|Менеджер
17|03.03.2025|Ольга|+7 900 000-00-01|Инстаграм|Новая|Пётр
18|03.03.2025|Марат|+7 900 000-00-02|ВК|Купил|Пётр
19|05.03.2025|Дина|+7 900 000-00-03|по рекомендации|Отказ|Анна
""",
        """
№ заявки = leads.id
Дата заявки = leads.at
Откуда узнали = leads.source
Статус = leads.status
""",
    ),
    Own(
        "mentions_ru",
        """
Дата|Где|Автор|Ссылка|Тональность|Что написали
03.03.2025|ВК|Анна К.|https://vk.com/wall-1_15|позитив|Лучший раф в городе
04.03.2025|Телеграм|@kazan_eats|https://t.me/kazan_eats/7|нейтрально|Список кофеен
09.03.2025|Отзовик|Гость|https://otzovik.com/1|негатив|Долго ждали
""",
        """
Дата = mentions.at
Автор = mentions.author
Ссылка = mentions.id
Тональность = mentions.mood
""",
    ),
    Own(
        "reviews_ru",
        """
Дата отзыва|Площадка|Оценка|Текст отзыва|Ответили
01.03.2025|2ГИС|5|Отлично|да
02.03.2025|Яндекс Карты|4|Хорошо, но тесно|да
07.03.2025|2ГИС|2|Остывший кофе|нет
""",
        """
Дата отзыва = reviews.at
Площадка = reviews.place
Оценка = reviews.rating
""",
    ),
    Own(
        "vk_posts_by_hand_ru",
        """
Дата публикации|Тема поста|Формат|Охват|Просмотры|Лайки|Комменты|Репосты|Переходы по ссылке|ER
03.03.2025|Открытие веранды|фото|2 140|3 010|96|14|8|31|5,5%
06.03.2025|Опрос: капучино или раф|опрос|1 870|2 500|71|40|2|0|6,0%
10.03.2025|Рецепт|видео|3 005|4 800|150|22|19|12|6,4%
""",
        """
Дата публикации = posts.at
Тема поста = posts.text
Формат = posts.format
Охват = posts.reach
Просмотры = posts.views
Лайки = posts.reactions
Комменты = posts.comments
Репосты = posts.shares
Переходы по ссылке = posts.link_clicks
""",
    ),
    Own(
        "post_service_ru",
        """
Дата|Социальная сеть|Аккаунт|Тип|Текст|Ссылка|Просмотры|Охват|Лайки|Комментарии|Репосты|Сохранения|ER, %
2025-03-03 10:00|Instagram|shop|Reels|Сорт|https://instagram.com/p/a1|5 400|4 100|230|18|25|40|7,6
2025-03-05 19:30|Instagram|shop|Карусель|Пять|https://instagram.com/p/a2|3 900|3 300|190|9|30|61|8,8
2025-03-09 11:10|ВКонтакте|shop|Фото|Открылись|https://vk.com/wall-1_1|2 000|1 800|70|12|4|0|4,8
""",
        """
Дата = posts.at
Социальная сеть = posts.network
Аккаунт = posts.account
Тип = posts.format
Текст = posts.text
Ссылка = posts.url
Просмотры = posts.views
Охват = posts.reach
Лайки = posts.reactions
Комментарии = posts.comments
Репосты = posts.shares
Сохранения = posts.saves
""",
    ),
    Own(
        "post_table_of_a_parser_ru",
        """
Сообщество|Дата|Время|Текст поста|Лайков|Комментариев|Репостов|Просмотров|ER day|Длина текста|Ссылка на пост
Рыжая сойка|03.03.2025|10:00|Привезли зерно|96|14|8|3010|0,55|140|https://vk.com/wall-1_1
Рыжая сойка|06.03.2025|12:30|Опрос дня|71|40|2|2500|0,60|80|https://vk.com/wall-1_2
Рыжая сойка|10.03.2025|19:00|Рецепт|150|22|19|4800|0,64|610|https://vk.com/wall-1_3
""",
        """
Сообщество = posts.account
Дата = posts.at
Текст поста = posts.text
Лайков = posts.reactions
Комментариев = posts.comments
Репостов = posts.shares
Просмотров = posts.views
Ссылка на пост = posts.url
""",
    ),
    Own(
        "ads_ru",
        """
Дата|Кампания|Показы|Охват|Клики|Расход, руб.|Лиды|CPC|CTR|Цена лида
03.03.2025|Весна|12 400|8 100|150|1 250,00|7|8,33|1,21%|178,57
04.03.2025|Весна|11 900|7 900|141|1 190,00|5|8,44|1,18%|238,00
03.03.2025|Ретаргет|3 100|1 500|62|410,00|6|6,61|2,00%|68,33
""",
        """
Дата = ads.starts
Кампания = ads.campaign
Показы = ads.impressions
Охват = ads.reach
Клики = ads.link_clicks
Расход, руб. = ads.spend
Лиды = ads.leads
""",
    ),
    Own(
        "account_by_day_ru",
        """
Дата|Охват|Просмотры|Посещения профиля|Переходы на сайт|Новые подписчики
01.03.2025|1 450|3 020|41|12|9
02.03.2025|1 390|2 800|35|8|4
03.03.2025|1 720|3 600|52|15|11
""",
        """
Дата = account.date
Охват = account.reach
Просмотры = account.views
Посещения профиля = account.profile_visits
Переходы на сайт = account.link_clicks
Новые подписчики = account.followers_new
""",
    ),
    Own(
        "rivals_ru",
        """
Конкурент|Период с|Период по|Подписчиков|Взаимодействия|Выручка, руб
Чёрный кот|01.01.2025|31.03.2025|8 400|1 250|900 000
Зерно|01.01.2025|31.03.2025|12 700|3 020|1 500 000
""",
        """
Конкурент = competitors.name
Период с = competitors.starts
Период по = competitors.ends
Подписчиков = competitors.followers
Взаимодействия = competitors.engagements
Выручка, руб = competitors.revenue
""",
    ),
    Own(
        "instagram_posts_en",
        """
Date posted|Caption|Post type|Reach|Likes|Comments|Shares|Saves|Eng. rate|Notes
2025-03-03|Spring menu is here|Reel|4,210|260|18|31|44|8.4%|
2025-03-06|Meet our barista|Photo|2,980|190|25|6|12|7.8%|boost?
2025-03-11|How we roast|Carousel|3,640|205|14|28|60|8.4%|
""",
        """
Date posted = posts.at
Caption = posts.text
Post type = posts.format
Reach = posts.reach
Likes = posts.reactions
Comments = posts.comments
Shares = posts.shares
Saves = posts.saves
""",
    ),
    Own(
        "content_calendar_en",
        """
Publish Date|Platform|Topic|Link|Impressions|Reactions|Comments|Shares|Clicks|Owner
03/17/2025|Instagram|Latte art class|https://www.instagram.com/p/b1|6100|310|22|15|48|Kim
03/19/2025|Facebook|Opening hours|https://www.facebook.com/1/posts/2|2200|41|6|3|19|Kim
03/24/2025|Instagram|Giveaway|https://www.instagram.com/p/b3|9800|720|310|64|95|Jo
""",
        """
Publish Date = posts.at
Platform = posts.network
Topic = posts.text
Link = posts.url
Impressions = posts.views
Reactions = posts.reactions
Comments = posts.comments
Shares = posts.shares
Clicks = posts.link_clicks
""",
    ),
    Own(
        "followers_en",
        """
Week ending|Account|Followers|New followers|Unfollows
2025-03-07|copperheron|6,405|31|12
2025-03-14|copperheron|6,431|40|14
2025-03-21|copperheron|6,449|29|11
""",
        """
Week ending = account.date
Account = account.account
Followers = account.followers
New followers = account.followers_new
Unfollows = account.followers_lost
""",
    ),
    Own(
        "till_by_day_en",
        """
Date|Receipts|Net sales|Refunds|Tips|Cash|Card
2025-03-01|112|1,034.50|12.00|88.10|240.00|794.50
2025-03-02|131|1,190.25|0.00|97.40|310.25|880.00
2025-03-03|86|802.75|4.50|61.00|150.00|652.75
""",
        """
Date = orders.at
Receipts = orders.count
Net sales = orders.amount
Refunds = orders.refund
""",
    ),
    Own(
        "receipts_en",
        """
Order #|Order date|Customer email|Total ($)|Discount code|Where did you hear about us?|Status
1001|2025-03-01 09:12|a@example.com|24.50|INSTA10|Instagram|paid
1002|2025-03-01 10:40|b@example.com|18.00||Friend|paid
1003|2025-03-02 08:05|a@example.com|31.20|FB10|Facebook|refunded
""",
        """
Order # = orders.id
Order date = orders.at
Customer email = orders.customer
Total ($) = orders.amount
Discount code = orders.code
Where did you hear about us? = orders.source
Status = orders.status
""",
    ),
    Own(
        "costs_en",
        """
Month|Expense|Amount (USD)|Paid by
2025-03|Social media contractor|260.00|card
2025-03|Photo shoot|60.00|cash
2025-04|Social media contractor|260.00|card
""",
        """
Month = costs.month
Expense = costs.item
Amount (USD) = costs.amount
""",
    ),
    Own(
        "leads_en",
        """
Lead ID|Date received|Name|Lead source|Stage|Follow-up
L-1|2025-03-03|Pat|Instagram|New|
L-2|2025-03-04|Sam|Google|Won|2025-03-10
L-3|2025-03-06|Lee|Facebook|Lost|
""",
        """
Lead ID = leads.id
Date received = leads.at
Lead source = leads.source
Stage = leads.status
""",
    ),
    Own(
        "mentions_en",
        """
Published|Author|URL|Sentiment|Snippet
2025-03-02|@eatmadison|https://x.com/eatmadison/status/1|positive|Best flat white
2025-03-05|Ann|https://www.facebook.com/ann/posts/9|negative|Too loud
2025-03-08|@cityguide|https://x.com/cityguide/status/2|neutral|New places
""",
        """
Published = mentions.at
Author = mentions.author
URL = mentions.id
Sentiment = mentions.mood
""",
    ),
    Own(
        "reviews_en",
        """
Review date|Site|Stars|Reviewer|Review|Reply
2025-03-02|Google|5|Ann|Lovely|Thanks!
2025-03-04|Yelp|3|Bo|Slow service|
2025-03-09|Google|4|Cy|Good beans|
""",
        """
Review date = reviews.at
Site = reviews.place
Stars = reviews.rating
""",
    ),
    Own(
        "ads_en",
        """
Day|Platform|Campaign|Creative|Spend ($)|Impressions|Clicks|Purchases|Revenue|CPM
2025-03-03|Facebook|Spring|Locals|24.10|3,100|41|2|84.00|7.77
2025-03-04|Facebook|Spring|Locals|23.80|2,950|38|1|41.50|8.07
2025-03-03|Instagram|Spring|Students|12.00|2,100|30|0|0.00|5.71
""",
        """
Day = ads.starts
Platform = ads.network
Campaign = ads.campaign
Creative = ads.ad
Spend ($) = ads.spend
Impressions = ads.impressions
Clicks = ads.link_clicks
Purchases = ads.orders
Revenue = ads.revenue
""",
    ),
    Own(
        "vk_posts_in_own_words_ru",
        """
Дата|Ссылка на запись|Охват всего|Охват подписчиков|Охват виральный|Лайков|Репостов|Комментариев|Тема
01.03.2025|https://vk.com/wall-1_1|1900|1200|700|55|5|3|Зерно
02.03.2025|https://vk.com/wall-1_2|2100|1300|800|56|4|1|Опрос
""",
        """
Дата = posts.at
Ссылка на запись = posts.url
Охват всего = posts.reach
Охват подписчиков = posts.reach_followers
Охват виральный = posts.reach_non_followers
Лайков = posts.reactions
Репостов = posts.shares
Комментариев = posts.comments
Тема = posts.text
""",
    ),
    Own(
        "till_tally_ru",
        """
Число|Выручка|Чеки|Из Инстаграм|Из ВК|По рекомендации
01.03.2025|40000|84|5|6|7
02.03.2025|41000|91|4|3|2
""",
        """
Число = orders.at
Выручка = orders.amount
Чеки = orders.count
""",
    ),
    Own(
        "payments_ru",
        """
Дата оплаты|Назначение|Сумма (₽)|Кому
01.03.2025|Таргетолог|15000|Петров
02.03.2025|Реклама ВК|9000|VK
""",
        """
Дата оплаты = costs.month
Назначение = costs.item
Сумма (₽) = costs.amount
""",
    ),
    Own(
        "channel_by_day_ru",
        """
Дата|Подписчики|Прирост|Охват публикации|ERR|Индекс цитирования|Упоминаний|Репостов
01.03.2025|2100|5|900|43|12|1|3
02.03.2025|2103|3|910|43|12|0|2
""",
        """
Дата = account.date
Подписчики = account.followers
Прирост = account.followers_net
Упоминаний = account.mentions
Репостов = account.shares
""",
    ),
    Own(
        "ads_by_month_ru",
        """
Период|Площадка|Бюджет, ₽|Показы|Переходы|CTR, %|Заявки|Стоимость заявки, ₽
март 2025|VK Реклама|15000|120000|1500|1,25|40|375
апрель 2025|VK Реклама|16000|130000|1600|1,23|45|356
""",
        """
Период = ads.starts
Площадка = ads.network
Бюджет, ₽ = ads.spend
Показы = ads.impressions
Переходы = ads.link_clicks
Заявки = ads.leads
""",
    ),
    Own(
        "reviews_of_two_sites_en",
        """
Date|Platform|Reviewer|Rating (1-5)|Comment
2025-03-01|Google|Ann|5|ok
2025-03-02|Yelp|Bo|4|slow
""",
        """
Date = reviews.at
Platform = reviews.place
Rating (1-5) = reviews.rating
""",
    ),
    Own(
        "form_answers_en",
        """
Submitted at|Name|Email|How did you find us?|Budget|Status
2025-03-01|Ann|a@example.com|Instagram|1000|new
2025-03-02|Bo|b@example.com|Google|500|won
""",
        """
Submitted at = leads.at
How did you find us? = leads.source
Status = leads.status
""",
    ),
    Own(
        "ads_by_week_en",
        """
Week|Channel|Ad spend|Impressions|Clicks|CTR|Revenue from ads|ROAS
2025-03-03|Instagram|120.5|10000|140|1.4%|300|2.5
2025-03-10|Instagram|110|9000|120|1.3%|250|2.3
""",
        """
Week = ads.starts
Channel = ads.network
Ad spend = ads.spend
Impressions = ads.impressions
Clicks = ads.link_clicks
Revenue from ads = ads.revenue
""",
    ),
    Own(
        "service_posts_of_networks_ru",
        """
Дата публикации|Соцсеть|Название страницы|Тип|Текст|Ссылка на пост|Лайки|Комментарии|Репосты|Сохранения|Просмотры|Охват|ER|ERR|ERView|Подписчики
2026-03-03 10:00|Instagram|shop|Фото|Сорт|https://instagram.com/p/a1|230|18|25|40|5400|4100|3,1|7,6|5,8|10200
2026-03-05 19:30|Instagram|shop|Видео|Пять|https://instagram.com/p/a2|190|9|30|61|3900|3300|2,8|8,8|7,4|10210
""",
        """
Дата публикации = posts.at
Соцсеть = posts.network
Название страницы = posts.account
Тип = posts.format
Текст = posts.text
Ссылка на пост = posts.url
Лайки = posts.reactions
Комментарии = posts.comments
Репосты = posts.shares
Сохранения = posts.saves
Просмотры = posts.views
Охват = posts.reach
""",
    ),
    Own(
        "service_channel_by_day_ru",
        """
Дата|Подписчики|Прирост|Отписки|Охват 1 публикации|ERR, %|Упоминания канала|Индекс цитирования
03.03.2026|10 200|12|4|2 150|21,1|3|15
04.03.2026|10 208|9|1|2 090|20,4|1|15
05.03.2026|10 215|11|4|2 230|21,8|0|16
""",
        """
Дата = account.date
Подписчики = account.followers
Прирост = account.followers_net
Отписки = account.followers_lost
Упоминания канала = account.mentions
""",
    ),
    Own(
        "service_channel_posts_ru",
        """
Дата и время поста|Ссылка на сообщение|Текст сообщения|Просмотры|Реакции|Пересылки|Комментарии|Вовлечённость, %
03.03.2026 10:15|https://t.me/shop/101|Как выбрать зерно|1204|45|3|6|4,5%
05.03.2026 18:40|https://t.me/shop/102|Второй стакан|1530|61|9|11|5,3%
""",
        """
Дата и время поста = posts.at
Ссылка на сообщение = posts.url
Текст сообщения = posts.text
Просмотры = posts.views
Реакции = posts.reactions
Пересылки = posts.shares
Комментарии = posts.comments
""",
    ),
    Own(
        "service_planner_en",
        """
Sent at|Service|Channel name|Update text|Update link|Impressions|Reach|Likes|Comments|Reposts|Link clicks|Engagement rate
2026-03-03 10:00|Instagram|shop|Spring menu|https://www.instagram.com/p/b1|6100|4300|310|22|15|48|5.7%
2026-03-05 19:30|LinkedIn|shop|We are hiring|https://www.linkedin.com/feed/update/1|2200|1900|41|6|3|19|2.3%
""",
        """
Sent at = posts.at
Service = posts.network
Channel name = posts.account
Update text = posts.text
Update link = posts.url
Impressions = posts.views
Reach = posts.reach
Likes = posts.reactions
Comments = posts.comments
Reposts = posts.shares
Link clicks = posts.link_clicks
""",
    ),
    Own(
        "service_post_performance_en",
        """
Date (GMT)|Social network|Social profile|Post message|Post permalink|Post format|Reach|Reactions|Comments|Shares|Saves|Post link clicks|CTR
2026-03-03 10:00|Facebook|Shop|Opening hours|https://www.facebook.com/1/posts/2|image|2200|41|6|3|0|19|0.9%
2026-03-05 10:00|Facebook|Shop|New menu|https://www.facebook.com/1/posts/3|video|2900|52|8|4|0|21|0.7%
""",
        """
Date (GMT) = posts.at
Social network = posts.network
Social profile = posts.account
Post message = posts.text
Post permalink = posts.url
Post format = posts.format
Reach = posts.reach
Reactions = posts.reactions
Comments = posts.comments
Shares = posts.shares
Saves = posts.saves
Post link clicks = posts.link_clicks
""",
    ),
    Own(
        "service_profile_by_day_en",
        """
Date|Network|Profile name|Audience|Net audience growth|Impressions|Engagements|Engagement rate (per impression)|Post link clicks
2026-03-03|Instagram|shop|6405|12|3100|210|6.8%|14
2026-03-04|Instagram|shop|6417|9|2950|190|6.4%|11
""",
        """
Date = account.date
Network = account.network
Profile name = account.account
Audience = account.followers
Net audience growth = account.followers_net
Impressions = account.views
Engagements = account.engagements
Post link clicks = account.link_clicks
""",
    ),
    Own(
        "posts_es",
        """
Fecha de publicación|Red social|Tipo de publicación|Texto|Enlace|Impresiones|Alcance|Me gusta|Comentarios|Compartidos|Guardados|Interacción %
2026-03-03|Instagram|Reel|Menú|https://www.instagram.com/p/e1|5100|4000|210|12|8|31|5,1%
2026-03-05|Instagram|Foto|Café|https://www.instagram.com/p/e2|3900|3100|150|9|4|12|4,5%
""",
        """
Fecha de publicación = posts.at
Red social = posts.network
Tipo de publicación = posts.format
Texto = posts.text
Enlace = posts.url
Impresiones = posts.views
Alcance = posts.reach
Me gusta = posts.reactions
Comentarios = posts.comments
Compartidos = posts.shares
Guardados = posts.saves
""",
    ),
    Own(
        "account_by_day_pt",
        """
Data|Seguidores|Novos seguidores|Alcance|Impressões|Visitas ao perfil|Curtidas
03/03/2026|6405|12|2100|3100|41|210
17/03/2026|6417|9|1950|2950|35|190
""",
        """
Data = account.date
Seguidores = account.followers
Novos seguidores = account.followers_new
Alcance = account.reach
Impressões = account.views
Visitas ao perfil = account.profile_visits
Curtidas = account.reactions
""",
    ),
    Own(
        "posts_de",
        """
Veröffentlicht am|Beitragstyp|Beitragstext|Reichweite|Impressionen|Gefällt mir|Kommentare|Geteilt|Linkklicks
03.03.2026|Foto|Frühling|2100|3100|96|14|8|31
17.03.2026|Video|Rezept|3005|4800|150|22|19|12
""",
        """
Veröffentlicht am = posts.at
Beitragstyp = posts.format
Beitragstext = posts.text
Reichweite = posts.reach
Impressionen = posts.views
Gefällt mir = posts.reactions
Kommentare = posts.comments
Geteilt = posts.shares
Linkklicks = posts.link_clicks
""",
    ),
    Own(
        "posts_uk",
        """
Дата публікації|Соцмережа|Тип публікації|Посилання на пост|Перегляди|Охоплення|Реакції|Коментарі|Поширення|Збереження
03.03.2026|Instagram|фото|https://www.instagram.com/p/u1|3100|2100|96|14|8|31
17.03.2026|Instagram|відео|https://www.instagram.com/p/u2|4800|3005|150|22|19|12
""",
        """
Дата публікації = posts.at
Соцмережа = posts.network
Тип публікації = posts.format
Посилання на пост = posts.url
Перегляди = posts.views
Охоплення = posts.reach
Реакції = posts.reactions
Коментарі = posts.comments
Поширення = posts.shares
Збереження = posts.saves
""",
    ),
    Own(
        "account_by_month_en",
        """
Month|Followers|Reach|Impressions|Profile visits|ER, %
2026-01|6405|20100|31000|410|5.1
2026-02|6517|21950|32950|435|5.4
""",
        """
Month = account.date
Followers = account.followers
Reach = account.reach
Impressions = account.views
Profile visits = account.profile_visits
""",
    ),
)


def waiting(sheet: Own) -> Table:
    return parse("sheet.csv", sheet.text(), FileAnswers(), HOSTED).tables[0]


def proposed(sheet: Own) -> dict[str, str]:
    """The proposed field of each heading that got one."""
    return {column.heading: column.guess for column in waiting(sheet).columns if column.guess}


def delicate(name: str) -> bool:
    return fields()[name].unit == "money" or fields()[name].column.startswith("reach")


def test_nine_of_ten_needed_fields_are_proposed() -> None:
    missed = [
        f"{sheet.id}: {heading} is {guesses.get(heading)}, not {field}"
        for sheet, guesses in [(sheet, proposed(sheet)) for sheet in SHEETS]
        for heading, field in sheet.fields.items()
        if guesses.get(heading) != field
    ]
    assert len(missed) <= (1 - ENOUGH) * sum(len(sheet.fields) for sheet in SHEETS), missed


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.id)
def test_money_and_reach_are_never_proposed_wrongly(sheet: Own) -> None:
    told = {heading: field for heading, field in proposed(sheet).items() if delicate(field)}
    assert told.items() <= sheet.fields.items()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.id)
def test_a_renamed_sheet_with_two_columns_swapped_needs_no_question(sheet: Own) -> None:
    first = waiting(sheet)
    remembered = FileAnswers(network="vk", account="shop", mapping=dict(sheet.fields))
    book = Workbook()
    for row in Own(sheet.id, sheet.rows, "").cells:
        book.worksheets[0].append([row[-1], *row[1:-1], row[0]])
    made = BytesIO()
    book.save(made)
    for again in (sheet.text(swapped=True), made.getvalue()):
        assert (
            parse("other name.xlsx", again, FileAnswers(), HOSTED).tables[0].fingerprint == first.fingerprint
        )
        (read,) = parse("other name.xlsx", again, remembered, HOSTED).tables
        assert not read.questions
        assert not read.waiting
        assert read.rows_used == len(sheet.cells) - 1
        assert {c.heading: c.field for c in read.columns if c.field} == sheet.fields


def guessed(text: str) -> dict[str, str | None]:
    (one,) = parse("x.csv", text.replace("|", ";").encode(), FileAnswers(), HOSTED).tables
    return {column.heading: column.guess for column in one.columns}


def test_of_two_columns_of_one_name_neither_is_proposed() -> None:
    assert guessed("Дата|Охват|Лайки|Охват\n01.03.2026|1|2|3\n02.03.2026|4|5|6\n") == {
        "Дата": "account.date",
        "Охват [1]": None,
        "Лайки": "account.reactions",
        "Охват [2]": None,
    }


def test_either_of_two_columns_of_one_name_can_be_taken() -> None:
    mapping = {"Дата": "posts.at", "Охват [2]": "posts.reach"}
    text = "Дата|Охват|Лайки|Охват\n01.03.2026|1|2|3\n02.03.2026|4|5|6\n"
    answers = FileAnswers(network="vk", mapping=mapping)
    (one,) = parse("x.csv", text.replace("|", ";").encode(), answers, HOSTED).tables
    assert one.data is not None
    assert one.data["reach"].to_pylist() == [3.0, 6.0]


def test_a_column_that_sums_up_others_is_no_field() -> None:
    networks = guessed("Дата|Instagram|ВКонтакте|Итого\n01.03.2026|100|200|300\n02.03.2026|110|210|320\n")
    assert networks["Итого"] is None
    tills = guessed("Date|Cash|Card|Total\n2026-03-01|240|794|1034\n2026-03-02|310|880|1190\n")
    assert tills["Total"] == "orders.amount"


def test_headings_pasted_again_are_no_data() -> None:
    text = "Дата|Охват\n01.03.2026|5\n02.03.2026|6\nДата|Охват\n01.04.2026|7\n02.04.2026|8\n"
    (one,) = parse("x.csv", text.replace("|", ";").encode(), FileAnswers(), HOSTED).tables
    assert [(row.row, row.reason) for row in one.aside] == [(4, "heading_row")]
    assert one.rows_used == 4


@pytest.mark.parametrize(
    "heading",
    [
        "ER",
        "ER, %",
        "ERR",
        "ERView",
        "ER day",
        "CTR",
        "CTR (%)",
        "Engagement rate",
        "Вовлечённость, %",
        "Доля",
    ],
)
def test_a_rate_is_no_count(heading: str) -> None:
    assert guessed(f"Дата|Лайки|{heading}\n01.03.2026|10|5,1\n02.03.2026|11|4,2\n")[heading] is None
